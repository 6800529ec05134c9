import { type Command, Option } from 'commander'
import type { HeardWindows } from '../core/tags/heard-windows.ts'
import { PROVIDERS, type Provider } from '../core/tags/provider.ts'
import type { HeardFile, HeardFiles } from '../engine/analysis/hear-files.ts'
import type { Cli } from './cli.ts'
import { failureLines } from './failure-lines.ts'
import { printable } from './printable.ts'
import { withProgressBar } from './progress-bar.ts'

type Network = HeardFiles['ears']

type Options = { readonly ears?: string; readonly provider?: Provider }

type HearCommand = {
  readonly name: string
  readonly description: string
  readonly examples: readonly string[]
  /** Members of a file's document with --json, beside its name. */
  readonly document: (heard: HeardWindows, network: Network) => object
  /** What people read. */
  readonly lines: (heard: HeardWindows, network: Network) => readonly string[]
}

/** A command that has a network hear files; it needs no library. */
export const hearCommand = (cli: Cli, { document, lines, ...text }: HearCommand): Command =>
  cli
    .command(text)
    .argument('<file...>', 'audio files')
    .option('--ears <folder>', 'folder of the network: ears.json and the ONNX file it names')
    .addOption(
      new Option('--provider <name>', 'where the network runs (default: the fastest that gives right answers)').choices(
        PROVIDERS,
      ),
    )
    .action(
      cli.run(async (terminal, options: Options, files: readonly string[]) =>
        cli.withTools(async (tools) => {
          const { ears, files: outcomes } = await withProgressBar(terminal, 'Hearing', (update) =>
            tools.files.hear(files, {
              folder: options.ears,
              provider: options.provider,
              signal: terminal.signal,
              onProgress: (done, file) => update(done / files.length, file),
            }),
          )
          const toDocument = (one: HeardFile): object =>
            'error' in one ? one : { file: one.file, ...document(one.heard, ears) }
          terminal.result(outcomes.map(toDocument), () =>
            outcomes.flatMap((one) =>
              'error' in one ? [] : [printable(one.file), ...lines(one.heard, ears).map((line) => `  ${line}`)],
            ),
          )
          const failures = outcomes.filter((one) => 'error' in one)
          for (const line of failureLines(failures)) terminal.note(line)
          return failures.length > 0 ? 3 : 0
        }),
      ),
    )
