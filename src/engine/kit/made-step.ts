/** What was done with labels, or what they hang on, at one press. */
export type MadeStep = {
  /** Takes it back. */
  readonly stepId: number
  readonly says: string
}
