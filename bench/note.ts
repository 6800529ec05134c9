/** Tells a person at the terminal how far a run is, beside what it prints. */
export const note = (text: string): void => void process.stderr.write(`${text}\n`)
