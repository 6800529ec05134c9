import type { Command } from 'commander'
import { overviewDocument } from '../../api/views/overview-document.ts'
import { countText } from '../../core/units/count-text.ts'
import { lengthText } from '../../core/units/length-text.ts'
import type { LibraryOverview } from '../../engine/collection/library-overview.ts'
import type { TrackSearch } from '../../engine/kit/resolve-search.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'
import { type Cell, formatTable } from '../table.ts'
import { parseTracks } from '../track-filter.ts'

type Options = { readonly tracks: TrackSearch }

type Bars = readonly { readonly tracks: number }[]

const MOST_SIGNS = 30

/** A table of bars; lines without a track are left out. */
const chart = <Bar extends { readonly tracks: number }>(
  heading: string,
  bars: readonly Bar[],
  {
    cells,
    unknown = 0,
    unknownWords = 'not known',
  }: { readonly cells: (bar: Bar) => readonly Cell[]; readonly unknown?: number; readonly unknownWords?: string },
): readonly string[] => {
  const most = Math.max(1, ...(bars as Bars).map(({ tracks }) => tracks))
  const rows = bars
    .filter(({ tracks }) => tracks > 0)
    .map((bar) => [...cells(bar), bar.tracks, '█'.repeat(Math.ceil((bar.tracks / most) * MOST_SIGNS))])
  const more = Math.max(0, ...rows.map((row) => row.length - 3))
  return [
    '',
    ...formatTable([heading, ...Array.from({ length: more }, () => ''), 'tracks', ''], rows),
    ...(unknown === 0 ? [] : [`${countText(unknown)}: ${unknownWords}`]),
  ]
}

const linesOf = ({ tempo, keys, energy, labels, heard, ratings, colours, added, ...all }: LibraryOverview) => [
  `${countText(all.tracks)}, ${lengthText(all.minutes)} of music`,
  ...chart('BPM', tempo.bars, { cells: ({ fromBpm, toBpm }) => [`${fromBpm}–${toBpm}`], unknown: tempo.unknown }),
  ...chart('key', keys.keys, { cells: ({ camelot }) => [camelot], unknown: keys.unknown }),
  ...chart('energy', energy.levels, { cells: (level) => [String(level.energy)], unknown: energy.unknown }),
  ...chart('labelled', labels.kinds, {
    cells: ({ label, minutes }) => [label, `${minutes.toFixed(1)} min`],
    unknown: labels.unlabelled,
    unknownWords: 'without labels',
  }),
  ...chart('heard', heard.tags, {
    cells: ({ tag }) => [printable(tag)],
    unknown: heard.unknown,
    unknownWords: 'not heard yet',
  }),
  ...(heard.moreTags === 0 ? [] : [`and ${countText(heard.moreTags, 'rarer sound')}`]),
  ...chart('rating', ratings, { cells: ({ rating }) => [rating === 0 ? 'none' : '★'.repeat(rating)] }),
  ...chart('colour', colours.colours, {
    cells: ({ colour }) => [colour],
    unknown: colours.none,
    unknownWords: 'without a colour',
  }),
  ...chart('added', added.bars, { cells: ({ from, total }) => [from, `${total} in all`] }),
]

export const libraryOverview = (cli: Cli): Command =>
  cli
    .command({
      name: 'overview',
      description:
        'Count the tracks of the library by tempo, key, energy, labelled sections, sound, rating, colour and the day they were added.',
      examples: ['algiers library overview', 'algiers library overview --tracks "playlist=3" --json | jq .keys'],
    })
    .option('--tracks <filter>', 'only tracks that fit: words, or a filter such as genre=techno', parseTracks, {
      standing: 'present',
    } satisfies TrackSearch)
    .action(
      cli.run(async (terminal, { tracks }: Options) =>
        cli.withApp(async (app) => {
          const search = { ...tracks, sort: undefined, descending: undefined }
          const overview = await app.collection.overview(search)
          terminal.result(overviewDocument(overview, search), () => linesOf(overview))
        }),
      ),
    )
