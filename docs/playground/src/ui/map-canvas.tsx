import { useEffect, useRef } from "preact/hooks";
import { drawOutline, drawPixels } from "./picture.ts";

interface MapCanvasProps {
  /** What it shows, in words. */
  readonly label: string;
  /** Nothing while it is not known yet. */
  readonly image: ImageData | undefined;
  readonly outlined: Uint8Array;
  readonly outline: string;
  readonly side: number;
  /** What to say where there is no image, and none will come. */
  readonly empty?: string | undefined;
}

/** A map in colours, with the border of a mask. */
export function MapCanvas({ label, image, outlined, outline, side, empty }: MapCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const target = canvas.current as HTMLCanvasElement;
    if (image && image.width ** 2 === outlined.length) {
      drawOutline(drawPixels(target, image), outlined, image.width, outline);
    } else if (!image) {
      target.getContext("2d")?.clearRect(0, 0, target.width, target.height);
    }
  }, [image, outlined, outline]);
  return (
    <div class="picture">
      <canvas ref={canvas} width={side} height={side} role="img" aria-label={empty ?? label} />
      {empty !== undefined && (
        <p class="empty" aria-hidden="true">
          {empty}
        </p>
      )}
    </div>
  );
}
