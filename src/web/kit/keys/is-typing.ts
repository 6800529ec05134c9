/** Whether keys go to a text, a list or a dialog, which have their own use for them. */
export const isTyping = (target: Element): boolean =>
  target.closest('input, textarea, select, [contenteditable], [role="dialog"], [role="menu"]') !== null
