import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'

/** Shows a question and waits for a line; after the end of the input every answer is empty. */
export type Ask = (question: string) => Promise<string>

export type Keyboard = Readable & { readonly isTTY?: boolean }

/** Results go to stdout, everything else to stderr; with `json`, stdout gets exactly one document. */
export type Terminal = {
  readonly json: boolean
  /** Whether a person watches stderr, so that a progress bar makes sense. */
  readonly interactive: boolean
  /** Ends when the user presses Ctrl-C. */
  readonly signal: AbortSignal
  /** Asks whoever sits there; null where nobody does, or where a script reads the answer. */
  readonly converse: (<Result>(talk: (ask: Ask) => Promise<Result>) => Promise<Result>) | null
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
  readonly stdin?: Keyboard | undefined
  readonly stdout: Writable
  readonly stderr: Writable & { readonly isTTY?: boolean }
}

const converseOver =
  (
    stdin: Keyboard,
    { stderr, signal }: Pick<TerminalOptions, 'stderr' | 'signal'>,
  ): NonNullable<Terminal['converse']> =>
  async (talk) => {
    // Without raw mode Ctrl-C ends the command as it does everywhere else.
    const input = createInterface({ input: stdin, terminal: false, signal })
    const lines = input[Symbol.asyncIterator]()
    try {
      return await talk(async (question) => {
        stderr.write(question)
        const { value, done } = await lines.next()
        signal.throwIfAborted()
        return done === true ? '' : value
      })
    } finally {
      input.close()
    }
  }

export const createTerminal = ({ json, signal, stdin, stdout, stderr }: TerminalOptions): Terminal => ({
  json,
  converse: !json && stdin?.isTTY === true && stderr.isTTY === true ? converseOver(stdin, { stderr, signal }) : null,
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
