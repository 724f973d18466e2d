import { useLayoutEffect, useRef, type ComponentProps } from 'react';

interface PassingButtonProps extends ComponentProps<'button'> {
  /** What lasts, near the button. It must be able to have the focus. */
  heir: (button: HTMLElement) => HTMLElement | null | undefined;
}

/** A button that goes once it has done its work, or by itself. Who is on it then is not thrown back to the top of the page. */
export function PassingButton({ heir, ...rest }: PassingButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  const lasting = useRef(heir);
  useLayoutEffect(() => {
    const shown = button.current;
    const find = lasting.current;
    // This runs while the button is still there.
    return () => {
      if (shown && document.activeElement === shown) {
        find(shown)?.focus({ preventScroll: true });
      }
    };
  }, []);
  return <button ref={button} {...rest} />;
}
