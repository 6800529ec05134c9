import { type Command, InvalidArgumentError, Option } from 'commander'
import { previewDocument } from '../../api/views/teaching-document.ts'
import { spanText } from '../../core/labels/bar-text.ts'
import { SECTION_KINDS, type SectionKind } from '../../core/labels/section-kind.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { countText } from '../../core/units/count-text.ts'
import type { TrackSearch } from '../../engine/kit/resolve-search.ts'
import type { Cli } from '../cli.ts'
import { playlistOf } from '../playlist-reference.ts'
import { printable } from '../printable.ts'
import { readMissing } from '../read-missing.ts'
import { parseTracks } from '../track-filter.ts'

type Options = {
  readonly least: number
  readonly kind?: SectionKind
  readonly tracks?: TrackSearch
  readonly playlist?: string
  readonly dryRun?: true
}

const parsePercent = (text: string): number => {
  const percent = Number(text.replace(/\s*%$/, ''))
  if (!(percent >= 50 && percent <= 100)) throw new InvalidArgumentError('It must be a percentage from 50 to 100.')
  return percent / 100
}

export const labelsAccept = (cli: Cli): Command =>
  cli
    .command({
      name: 'accept',
      description: 'Accept all suggestions of the model that are sure enough, as one step that can be taken back.',
      examples: [
        'algiers labels accept --least 97 --kind intro --dry-run',
        'algiers labels accept --least 97 --kind intro --playlist Friday',
      ],
    })
    .option('--least <percent>', 'share of them that is to be right, as far as your labels tell', parsePercent, 0.97)
    .addOption(new Option('--kind <kind>', 'only this kind').choices(SECTION_KINDS))
    .option('--tracks <filter>', 'only tracks that these words, or a filter such as "genre=techno", find', parseTracks)
    .option('--playlist <playlist>', 'only tracks of this playlist, by its number or name')
    .option('--dry-run', 'say how many, and show ten of them to listen to first')
    .action(
      cli.run(async (terminal, { least, kind, tracks, playlist, dryRun }: Options) =>
        cli.withApp(async (app) => {
          const { teaching } = app.labelling
          await readMissing(terminal, app)
          const playlistId = playlist === undefined ? undefined : (await playlistOf(app, playlist)).id
          const search = { ...tracks, ...(playlistId === undefined ? {} : { playlistId }) }
          const wish = { least, search, ...(kind === undefined ? {} : { kinds: [kind] }) }
          if (dryRun) {
            const preview = await teaching.sure(wish)
            terminal.result(previewDocument(preview), () => [
              preview.suggestions === 0
                ? 'Nothing is that sure: ask for a lower share, or train on more labels.'
                : `${countText(preview.suggestions, 'suggestion')} in ${countText(preview.tracks.length)}; about ${Math.round(preview.expectedRight)} of them are right. Listen to these first:`,
              ...preview.spotCheck.map((one) =>
                printable(
                  `  ${one.trackTitle}, ${spanText(one, one)}: ${one.kind}, ${Math.round(100 * one.precision)} %`,
                ),
              ),
            ])
            return
          }
          const accepted = await teaching.acceptSure(wish)
          terminal.result(snakeCase(accepted), () => [
            accepted.stepId === null
              ? `${accepted.says}.`
              : `${accepted.says}. Take all of it back with: algiers labels undo`,
          ])
        }),
      ),
    )
