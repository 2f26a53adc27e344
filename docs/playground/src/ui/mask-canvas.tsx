import { useEffect, useRef, useState } from "preact/hooks";
import { type Place, stroked } from "../scene/brush.ts";
import { announce } from "./announcer.tsx";
import { drawOutline, drawPixels, pictureSide } from "./picture.ts";
import { useStroke } from "./use-stroke.ts";

interface MaskCanvasProps {
  readonly name: string;
  readonly size: number;
  readonly mask: Uint8Array;
  /** What is seen: the mask, or what became of it. */
  readonly image: ImageData;
  /** The mask whose border is drawn on top. */
  readonly outlined?: Uint8Array;
  readonly outline: string;
  readonly brush: { readonly diameter: number; readonly label: number };
  /** The classes by their names. */
  readonly classNames: readonly string[];
  readonly onStrokeStart: () => void;
  readonly onPaint: (mask: Uint8Array) => void;
  readonly onFile: (file: File) => void;
  readonly onKey: (key: string) => void;
}

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** A mask that is painted with a mouse, a pen, a finger, or the keyboard. */
export function MaskCanvas(props: MaskCanvasProps) {
  const { name, size, mask, image, outlined, outline, brush, classNames } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [cursor, setCursor] = useState<Place>({ x: Math.floor(size / 2), y: Math.floor(size / 2) });
  // keys may come faster than the page is drawn anew
  const place = useRef(cursor);
  const isSpaceDown = useRef(false);
  useEffect(() => {
    const { x, y } = place.current;
    place.current = { x: Math.min(x, size - 1), y: Math.min(y, size - 1) };
    setCursor(place.current);
  }, [size]);
  const latest = useRef(mask);
  latest.current = mask;

  const paint = (from: Place, to: Place) => {
    latest.current = stroked(latest.current, size, from, to, brush);
    props.onPaint(latest.current);
  };
  const pointer = useStroke(size, props.onStrokeStart, paint);

  useEffect(() => {
    const context = drawPixels(canvas.current as HTMLCanvasElement, image);
    if (outlined) drawOutline(context, outlined, size, outline);
  }, [image, outlined, outline, size]);

  const middle = ({ x, y }: Place): Place => ({ x: x + 0.5, y: y + 0.5 });
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step) {
      const by = event.shiftKey ? 8 : 1;
      const within = (place: number) => Math.min(size - 1, Math.max(0, place));
      const { x, y } = place.current;
      const next = { x: within(x + by * step[0]), y: within(y + by * step[1]) };
      if (isSpaceDown.current) paint(middle(place.current), middle(next));
      place.current = next;
      setCursor(next);
      const label = latest.current[next.y * size + next.x] as number;
      announce(`row ${next.y + 1}, column ${next.x + 1}: ${classNames[label]}`, "place");
    } else if (event.key === " ") {
      if (!isSpaceDown.current) {
        props.onStrokeStart();
        paint(middle(place.current), middle(place.current));
      }
      isSpaceDown.current = true;
    } else {
      if (!event.ctrlKey && !event.metaKey && !event.altKey) props.onKey(event.key.toLowerCase());
      return;
    }
    event.preventDefault();
  };

  return (
    <div
      class="picture mask"
      style={{ "--pixels": size, "--x": cursor.x, "--y": cursor.y, "--diameter": brush.diameter }}
    >
      {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: an application is what takes all keys */}
      <canvas
        ref={canvas}
        width={pictureSide}
        height={pictureSide}
        class="paint"
        role="application"
        aria-roledescription="painting"
        aria-label={`${name}, ${size} by ${size} pixels`}
        aria-describedby="painting-keys"
        tabIndex={0}
        onKeyDown={onKeyDown}
        onKeyUp={({ key }) => {
          if (key === " ") isSpaceDown.current = false;
        }}
        onBlur={() => {
          isSpaceDown.current = false;
        }}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          const file = event.dataTransfer?.files[0];
          if (file) props.onFile(file);
        }}
        {...pointer}
      />
      <i class="cursor" aria-hidden="true" />
    </div>
  );
}
