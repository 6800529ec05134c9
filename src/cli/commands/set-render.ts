import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import { clock } from '../../core/units/clock.ts'
import type { RenderedSet, RenderWish } from '../../engine/sets/render-set.ts'
import type { ShownSet } from '../../engine/sets/shown-set.ts'
import { parseNumber, parsePath, parsePositiveInteger } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'
import { withProgressBar } from '../progress-bar.ts'
import { trackIdsOf } from '../track-ids.ts'
import { UsageError } from '../usage-error.ts'

type Options = { readonly output: string; readonly around?: number; readonly set?: number }

const parseBars = (text: string): number =>
  parseNumber(text, (value) => Number.isInteger(value) && value >= 0 && value <= 64, 'a number of bars, up to 64')

const playedAs = ({ places, transitions }: ShownSet): Pick<RenderWish, 'trackIds' | 'moves' | 'trimsDb'> => ({
  trackIds: places.map(({ trackId }) => trackId),
  moves: transitions.map((transition) => transition?.move ?? null),
  trimsDb: places.map(({ trimDb }) => trimDb),
})

const linesOf = ({ file, seconds, tracks }: RenderedSet): readonly string[] => [
  ...tracks.map(({ title, startSeconds }) => `${clock(startSeconds)}  ${printable(title)}`),
  `${clock(seconds)} of sound in ${file}`,
]

export const setRender = (cli: Cli): Command =>
  cli
    .command({
      name: 'render',
      description:
        'Render tracks, one into the other on their beats, as one WAV file: over the windows that you have set for a pair, else over those that Algiers proposes. A file that is there is never written over.',
      examples: [
        'algiers set render "Summer Nights" 12 7 --output friday.wav',
        'algiers set render $(algiers set plan --minutes 60 --json | jq ".tracks[].id") --output friday.wav',
        'algiers set render 12 7 --around 8 --output transition.wav',
        'algiers set render --set 3 --output friday.wav',
      ],
    })
    .argument('[tracks...]', 'in their order: id, path, or part of the title or file name')
    .requiredOption('-o, --output <file>', 'a WAV file that is not there yet', parsePath)
    .option('--set <set>', 'a set that is kept, with its chosen ways and trims', parsePositiveInteger)
    .option('--around <bars>', 'only the transition of two tracks, with so many bars before and behind it', parseBars)
    .action(
      cli.run(async (terminal, { output, around, set }: Options, references: readonly string[]) =>
        cli.withApp(async (app) => {
          if ((set === undefined) === (references.length === 0)) throw new UsageError('Name either tracks or a set.')
          const played =
            set === undefined
              ? { trackIds: await trackIdsOf(app, references) }
              : playedAs(await app.sets.kept.look(set))
          const wish = { ...played, aroundBars: around ?? null, output }
          const rendered = await withProgressBar(terminal, 'Mixing', (update) =>
            app.sets.render(wish, {
              signal: terminal.signal,
              onProgress: ({ done, total, item }) => update(total === 0 ? 0 : done / total, item ?? ''),
            }),
          )
          terminal.result(snakeCase(rendered), () => linesOf(rendered))
        }),
      ),
    )
