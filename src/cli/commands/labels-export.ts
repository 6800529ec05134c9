import { type Command, Option } from 'commander'
import type { LabelFormat } from '../../core/interop/label-document.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'

/** Written out, since the formats' code is only loaded when it is needed. */
const FORMATS: readonly LabelFormat[] = ['corpus', 'jams', 'audacity', 'csv']

type Options = { readonly track?: string; readonly format?: LabelFormat; readonly overwrite?: boolean }

export const labelsExport = (cli: Cli): Command =>
  cli
    .command({
      name: 'export',
      description:
        'Write labels to a file, or one file a track into a folder: corpus .json, JAMS .jams, Audacity .txt, .csv.',
      examples: [
        'algiers labels export labels.csv',
        'algiers labels export marks.txt --track "Summer Nights"',
        'algiers labels export ~/labels --format jams',
      ],
    })
    .argument('<target>', 'file to write, or a folder that exists')
    .option('--track <track>', 'only this track')
    .addOption(new Option('--format <format>', 'told by the ending of the file where left out').choices(FORMATS))
    .option('--overwrite', 'replace files that exist')
    .action(
      cli.run(async (terminal, options: Options, target: string) =>
        cli.withApp(async (app) => {
          const report = await app.labels.export({ ...options, target })
          terminal.result(snakeCase(report), () => [
            `${report.labels} labels of ${report.tracks} tracks written to ${printable(report.files.join(', '))}`,
          ])
        }),
      ),
    )
