/** A gesture by its name, and what there was on the other side of it: before it in the past, after it in the future. */
type Step<Content> = { readonly name: string; readonly content: Content }

/** What was edited over a session: one step per whole gesture, however many edits it took. */
export type GestureHistory<Content> = {
  /** Oldest first. */
  readonly past: readonly Step<Content>[]
  readonly present: Content
  /** What redo brings back, the next one first. */
  readonly future: readonly Step<Content>[]
}

/** An evening of labelling one track takes far fewer gestures. */
const MOST_STEPS = 500

export const createHistory = <Content>(present: Content): GestureHistory<Content> => ({ past: [], present, future: [] })

/** Ends a gesture with this content. */
export const commitGesture = <Content>(
  { past, present }: GestureHistory<Content>,
  { name, content }: Step<Content>,
): GestureHistory<Content> => ({
  past: [...past, { name, content: present }].slice(-MOST_STEPS),
  present: content,
  future: [],
})

/** @returns null when there is nothing to undo */
export const undoGesture = <Content>({
  past,
  present,
  future,
}: GestureHistory<Content>): GestureHistory<Content> | null => {
  const last = past.at(-1)
  if (last === undefined) return null
  return { past: past.slice(0, -1), present: last.content, future: [{ name: last.name, content: present }, ...future] }
}

/** @returns null when there is nothing to redo */
export const redoGesture = <Content>({
  past,
  present,
  future,
}: GestureHistory<Content>): GestureHistory<Content> | null => {
  const [next, ...rest] = future
  if (next === undefined) return null
  return { past: [...past, { name: next.name, content: present }], present: next.content, future: rest }
}
