/** A ref: what came in the place of the button that was pressed has the focus, so that keys lead on from there. */
export const takeFocus = (element: HTMLElement | null): void => element?.focus()
