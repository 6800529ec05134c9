/** Options that a long pure function takes besides its inputs. */
export type Progress = {
  /** Called with the measured fraction done, 0 to 1, never falling. */
  readonly onProgress?: (fraction: number) => void
  /** Aborting makes the function throw `signal.reason` at its next check, in well under a second. */
  readonly signal?: AbortSignal
}
