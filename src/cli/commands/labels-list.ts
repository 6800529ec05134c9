import { type Command, Option } from 'commander'
import { labelDocument } from '../../api/views/label-document.ts'
import { SECTION_KINDS, type SectionKind } from '../../core/labels/section-kind.ts'
import type { Cli } from '../cli.ts'
import { labelLines } from '../label-lines.ts'

type Options = { readonly track?: string; readonly label?: SectionKind }

export const labelsList = (cli: Cli): Command =>
  cli
    .command({
      name: 'list',
      description: 'List labels, of all tracks or of one.',
      examples: ['algiers labels list', 'algiers labels list --track "Summer Nights" --label drop'],
    })
    .option('--track <track>', 'id, path or name of a track')
    .addOption(new Option('--label <kind>', 'only this kind').choices(SECTION_KINDS))
    .action(
      cli.run(async (terminal, options: Options) =>
        cli.withApp(async (app) => {
          const { label: kind, ...track } = options
          const labels = await app.labelling.list({ ...track, ...(kind === undefined ? {} : { kind }) })
          const own = new Map((await app.labelling.lenses.kinds()).map(({ id, name }) => [id, name]))
          terminal.result({ labels: labels.map(labelDocument) }, () =>
            labels.length === 0
              ? ['No labels. Add one with: algiers labels add <track> <kind> <start> <end>']
              : labelLines(labels, own),
          )
        }),
      ),
    )
