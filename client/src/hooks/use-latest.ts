'use client';

import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';

// On a server there is no layout, and React 18 says so with a warning.
const useBrowserLayoutEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect;

/** The newest value for code that runs later, without making that code depend on it. */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value);
  useBrowserLayoutEffect(() => {
    latest.current = value;
  });
  return latest as RefObject<T>;
}
