import type { Writable } from 'node:stream'

/** Results go to stdout, everything else to stderr; with `json`, stdout gets exactly one document. */
export type Terminal = {
  readonly json: boolean
  /** Whether a person watches stderr, so that a progress bar makes sense. */
  readonly interactive: boolean
  /** Ends when the user presses Ctrl-C. */
  readonly signal: AbortSignal
  readonly stderr: Writable
  /** The command's result: `document` for machines, which is no promise, or the lines for people. Called once a command. */
  readonly result: <Result>(
    document: Result extends PromiseLike<unknown> ? never : Result,
    lines: () => readonly string[],
  ) => void
  /** A remark for people, on stderr. */
  readonly note: (line: string) => void
}

export type TerminalOptions = {
  readonly json: boolean
  readonly signal: AbortSignal
  readonly stdout: Writable
  readonly stderr: Writable & { readonly isTTY?: boolean }
}

export const createTerminal = ({ json, signal, stdout, stderr }: TerminalOptions): Terminal => ({
  json,
  interactive: stderr.isTTY === true,
  signal,
  stderr,
  result: (document, lines) => {
    stdout.write(
      json
        ? `${JSON.stringify(document)}\n`
        : lines()
            .map((line) => `${line}\n`)
            .join(''),
    )
  },
  note: (line) => stderr.write(`${line}\n`),
})
