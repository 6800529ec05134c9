/** What the palette can do, wherever one is. */
export type Command = {
  readonly name: string
  /** Other words that it is found by. */
  readonly words: string
  readonly shortcut?: string
  /** @param go leads to an address of the page */
  readonly run: (go: (path: string) => void) => void
}
