import { type Command, Option } from 'commander'
import { addedLabelsDocument } from '../../api/views/label-document.ts'
import { SECTION_KINDS } from '../../core/labels/section-kind.ts'
import { parseFinite } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { labelLines } from '../label-lines.ts'

type Options = { readonly seconds?: boolean; readonly overlap: 'refuse' | 'trim' }

export const labelsAdd = (cli: Cli): Command =>
  cli
    .command({
      name: 'add',
      description: 'Label a span of a track, in beats of its grid (0 is the first beat, the end is not included).',
      examples: ['algiers labels add "Summer Nights" drop 64 128', 'algiers labels add 12 break 92.5 121 --seconds'],
    })
    .argument('<track>', 'id, path or name of the track')
    .argument('<kind>', `${SECTION_KINDS.join(', ')}, or a kind of your own`)
    .argument('<start>', 'first beat', parseFinite)
    .argument('<end>', 'beat after the last', parseFinite)
    .option('--seconds', 'start and end are seconds; they are snapped to the nearest beat')
    .addOption(
      new Option('--overlap <what>', 'what to do about existing labels in the way')
        .choices(['refuse', 'trim'])
        .default('refuse'),
    )
    .action(
      cli.run(async (terminal, options: Options, track: string, kind: string, start: number, end: number) =>
        cli.withApp(async (app) => {
          const span = options.seconds ? { startSeconds: start, endSeconds: end } : { startBeat: start, endBeat: end }
          const added = await app.labelling.add(track, { ...span, kind }, { overlap: options.overlap })
          const own = new Map((await app.labelling.lenses.kinds()).map(({ id, name }) => [id, name]))
          terminal.result(addedLabelsDocument(added), () => labelLines(added.labels, own))
          for (const { message } of added.warnings) terminal.note(message)
        }),
      ),
    )
