/**
 * Calls what an application has handed in. What that throws is reported as any other uncaught error of the page is, and
 * neither ends the connection that it was called for nor is lost with it.
 */
export function reportingThrow(call: () => void): void {
  try {
    call();
  } catch (error) {
    if (typeof reportError === 'function') {
      reportError(error);
    } else {
      queueMicrotask(() => {
        throw error;
      });
    }
  }
}
