import type { Writable } from 'node:stream'
import { Command } from 'commander'
import type { App, AppOptions } from '../app.ts'
import { defaultDataDirectory } from '../default-data-directory.ts'
import type { Tools } from '../tools.ts'
import { updateWords } from './library-update.ts'
import { createTerminal, type Keyboard, type Terminal } from './terminal.ts'

/** 0 ok · 1 error · 2 usage · 3 some files failed · 4 not enough labels · 130 interrupted */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 130

export type CliStreams = {
  /** Nobody is asked anything where left out. */
  readonly stdin?: Keyboard | undefined
  readonly stdout: Writable
  readonly stderr: Writable & { readonly isTTY?: boolean }
  readonly signal: AbortSignal
  /** Where the library lies. @default `ALGIERS_DATA_DIR`, else the data folder of the operating system */
  readonly dataDir?: string
  /** What a library works on. @default threads of its own */
  readonly threads?: AppOptions['threads']
}

type CommandText = {
  readonly name: string
  readonly description: string
  readonly examples: readonly string[]
}

/** A command names the type of the options it declares; argument parsers check their values. */
type CommandRun<Options> = (
  terminal: Terminal,
  options: Options,
  ...operands: never[]
  // biome-ignore lint/suspicious/noConfusingVoidType: most commands have nothing to say about their exit code
) => Promise<ExitCode | void>

type LentApp = Pick<AppOptions, 'dataDir' | 'onUpdate'>

/** What every command is built with. */
export type Cli = {
  readonly command: (text: CommandText) => Command
  readonly run: <Options>(run: CommandRun<Options>) => (...received: unknown[]) => Promise<void>
  /** Lends the library, which is opened only for the commands that need it, as its code is loaded only then. */
  readonly withApp: <Result>(use: (app: App) => Promise<Result>, options?: LentApp) => Promise<Result>
  /** Lends what works without a library; its code, too, is loaded only then. */
  readonly withTools: <Result>(use: (tools: Tools) => Promise<Result>) => Promise<Result>
  readonly dataDir: string
  readonly exitCode: () => ExitCode
}

/** Closes what was lent, however its use ends. */
const lend = async <Lent extends { readonly close: () => Promise<void> }, Result>(
  lent: Lent,
  use: (lent: Lent) => Promise<Result>,
): Promise<Result> => {
  try {
    return await use(lent)
  } finally {
    await lent.close()
  }
}

export const createCli = (streams: CliStreams): Cli => {
  const { dataDir: ownDataDir = defaultDataDirectory(), threads } = streams
  let exitCode: ExitCode = 0
  return {
    command: ({ name, description, examples }) =>
      new Command(name)
        .description(description)
        .option('--json', 'print one JSON document on stdout, everything else on stderr')
        .addHelpText('after', `\nExample:\n${examples.map((example) => `  $ ${example}`).join('\n')}`),
    run:
      (run) =>
      async (...received) => {
        const command = received.at(-1) as Command
        const options = command.opts()
        const terminal = createTerminal({ ...streams, json: options.json === true })
        exitCode = (await run(terminal, options as never, ...(received.slice(0, -2) as never[]))) ?? 0
      },
    withApp: async (use, options = {}) => {
      const { openApp } = await import('../app.ts')
      const onUpdate: AppOptions['onUpdate'] = (update) =>
        streams.stderr.write(`Updating the library: ${updateWords(update)}\n`)
      return lend(await openApp({ dataDir: ownDataDir, onUpdate, ...(threads && { threads }), ...options }), use)
    },
    withTools: async (use) => {
      const { openTools } = await import('../tools.ts')
      return lend(await openTools(ownDataDir), use)
    },
    dataDir: ownDataDir,
    exitCode: () => exitCode,
  }
}
