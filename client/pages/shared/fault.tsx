import { Component, type ReactNode } from 'react';

/** Says calmly that the page itself has failed, where an empty window would be left otherwise. */
export class Fault extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) {
      return this.props.children;
    }
    return (
      <main className="narrow stack fault">
        <h1>This page has stumbled</h1>
        <p className="muted">It was the page and not you. Loading it again usually helps, and nothing that was sent is lost.</p>
        <div>
          <button className="button primary" type="button" onClick={() => location.reload()}>
            Load the page again
          </button>
        </div>
      </main>
    );
  }
}
