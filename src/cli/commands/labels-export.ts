import { type Command, Option } from 'commander'
import {
  WRITTEN_FORMAT_NAMES,
  WRITTEN_FORMATS,
  type WrittenFormatName,
} from '../../core/interop/label-format-traits.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { countText } from '../../core/units/count-text.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'

type Options = {
  readonly track?: string
  readonly format?: WrittenFormatName
  readonly overwrite?: boolean
  readonly ownKinds: boolean
}

export const labelsExport = (cli: Cli): Command =>
  cli
    .command({
      name: 'export',
      description: `Write labels to a file, or one file per track into a folder: ${WRITTEN_FORMATS.map(({ name, extension }) => `${name} ${extension}`).join(', ')}.`,
      examples: [
        'algiers labels export labels.csv',
        'algiers labels export marks.txt --track "Summer Nights"',
        'algiers labels export ~/labels --format jams',
      ],
    })
    .argument('<target>', 'file to write, or an existing folder')
    .option('--track <track>', 'only this track')
    .addOption(
      new Option('--format <format>', 'taken from the extension of the file if left out').choices(WRITTEN_FORMAT_NAMES),
    )
    .option('--no-own-kinds', 'call labels by the seven kinds alone')
    .option('--overwrite', 'replace existing files')
    .action(
      cli.run(async (terminal, options: Options, target: string) =>
        cli.withApp(async (app) => {
          const report = await app.exchange.export({ ...options, target })
          terminal.result(snakeCase(report), () => [
            `${countText(report.labels, 'label')} of ${countText(report.tracks)} written to ${printable(report.files.join(', '))}`,
          ])
        }),
      ),
    )
