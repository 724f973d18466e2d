'use client';

import { useInsertionEffect, useRef, type RefObject } from 'react';

/**
 * The newest value for code that runs later, without making that code depend on it. It is taken up before any component's
 * other effects run: those of children run before their parents', and may be the very code that reads it.
 */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value);
  useInsertionEffect(() => {
    latest.current = value;
  });
  return latest as RefObject<T>;
}
