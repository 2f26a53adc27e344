import { useRef } from "preact/hooks";
import type { Place } from "../scene/brush.ts";

/** Pointer events as strokes between places on a mask of so many pixels: the first is a dot. */
export function useStroke(size: number, onStart: () => void, onMove: (from: Place, to: Place) => void) {
  const last = useRef<Place | undefined>(undefined);
  const placeOf = (event: PointerEvent): Place => {
    const { left, top, width, height } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    return { x: ((event.clientX - left) / width) * size, y: ((event.clientY - top) / height) * size };
  };
  const end = () => {
    last.current = undefined;
  };
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
      last.current = placeOf(event);
      onStart();
      onMove(last.current, last.current);
    },
    onPointerMove: (event: PointerEvent) => {
      if (!last.current) return;
      const place = placeOf(event);
      onMove(last.current, place);
      last.current = place;
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
}
