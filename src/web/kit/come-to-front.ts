import { client } from './client.ts'

/** Until then a browser that brings a window to the front has done so. */
const FOCUSED_AFTER_MS = 100

/** Comes to the front where the browser lets a page do that, and tells so; where nobody tells, another window is opened. */
export const comeToFront = async (ask: string): Promise<void> => {
  window.focus()
  await new Promise((resolve) => setTimeout(resolve, FOCUSED_AFTER_MS))
  if (document.hasFocus()) await client.cameToFront({ body: { ask } }).catch(() => {})
}
