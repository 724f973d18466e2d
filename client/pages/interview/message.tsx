import type { ReactNode } from 'react';

/** A step with nothing to do but to read. */
export function Message({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <div className="narrow stack">
      <h1 tabIndex={-1}>{title}</h1>
      <p className="muted" role="status">
        {text}
      </p>
      {children ? <div>{children}</div> : null}
    </div>
  );
}
