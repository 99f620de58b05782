// The error summary takes the focus, so that a screen reader says it first.

export function start(summary: HTMLElement): void {
  summary.focus();
}
