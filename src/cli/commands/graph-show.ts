import { type Command, Option } from 'commander'
import { graphDocument } from '../../api/views/graph-document.ts'
import { GRAPH_PLACES, type GraphPlace } from '../../core/setlist/graph-places.ts'
import { sureIslands } from '../../core/setlist/track-islands.ts'
import { DEFAULT_EXITS, DEFAULT_LEAST, MOST_EXITS } from '../../core/setlist/transition-graph.ts'
import { countText } from '../../core/units/count-text.ts'
import type { TrackSearch } from '../../engine/kit/resolve-search.ts'
import type { LibraryGraph } from '../../engine/sets/library-graph.ts'
import { parseNumber, parseScore } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'
import { withProgressBar } from '../progress-bar.ts'
import { parseTracks } from '../track-filter.ts'

type Options = {
  readonly pool?: TrackSearch
  readonly by: GraphPlace
  readonly exits: number
  readonly least: number
}

/** More are a matter for `--json`. */
const SHOWN_TRACKS = 10

const parseExits = (text: string): number =>
  parseNumber(
    text,
    (value) => Number.isInteger(value) && value >= 1 && value <= MOST_EXITS,
    `a whole number from 1 to ${MOST_EXITS}`,
  )

const listOf = (graph: LibraryGraph, ids: readonly number[]): readonly string[] => {
  const titles = new Map(graph.tracks.map(({ id, title, artist }) => [id, artist ? `${artist} – ${title}` : title]))
  const more = ids.length - SHOWN_TRACKS
  return [
    ...ids.slice(0, SHOWN_TRACKS).map((id) => `  ${id}  ${printable(titles.get(id)!)}`),
    ...(more > 0 ? [`  and ${countText(more, 'other')}`] : []),
  ]
}

const named = (graph: LibraryGraph, ids: readonly number[], said: string): readonly string[] =>
  ids.length === 0 ? [] : [`${countText(ids.length)} ${said}:`, ...listOf(graph, ids)]

/** @param count of all islands, with those that a transition which nobody has looked at may join to another */
export const islandsText = (islands: readonly { readonly length: number }[], count = islands.length): string => {
  const [largest, ...others] = islands.map(({ length }) => length).filter((length) => length > 1)
  if (largest === undefined) return 'No two tracks mix well.'
  if (count === 1) return 'All of them hang together.'
  const more = others.reduce((sum, length) => sum + length, 0)
  const alone = islands.filter(({ length }) => length === 1).length
  const told = [
    `${countText(largest)} hang together`,
    ...(more > 0 ? [`${more.toLocaleString('en')} more in smaller groups`] : []),
    ...(alone > 0 ? [`${countText(alone)} ${alone === 1 ? 'mixes' : 'mix'} with nothing`] : []),
  ]
  return `${countText(islands.length, 'island')}: ${told.join(', ')}.`
}

const linesOf = (graph: LibraryGraph): readonly string[] => {
  const { tracks, transitions, islands, deadEnds, unreached, unsure, leftOut } = graph
  if (tracks.length === 0) return ['No tracks fit.', ...leftOut.map(({ reason }) => reason)]
  const dead = new Set(deadEnds)
  return [
    `${countText(tracks.length)}, ${countText(transitions!.from.length, 'good transition')}`,
    islandsText(sureIslands(islands!, unsure!), islands!.length),
    ...named(graph, deadEnds!, deadEnds!.length === 1 ? 'leads nowhere' : 'lead nowhere'),
    ...named(
      graph,
      unreached!.filter((id) => !dead.has(id)),
      'can only open a set',
    ),
    ...(unsure!.length > 0 ? [`${countText(unsure!.length)} not compared with every other one.`] : []),
    ...leftOut.map(({ reason, trackIds }) =>
      trackIds.length === 0 ? reason : `Left out: ${countText(trackIds.length)}. ${reason}`,
    ),
  ]
}

export const graphShow = (cli: Cli): Command =>
  cli
    .command({
      name: 'show',
      description:
        'Show which tracks lead well into which: islands that nothing joins, and tracks that lead nowhere. The same library gives the same graph.',
      examples: [
        'algiers graph show',
        'algiers graph show --pool "genre=techno&bpm_min=125" --least 0.8',
        'algiers graph show --json | jq ".dead_ends | length"',
      ],
    })
    .option('--pool <filter>', 'only tracks that fit: words, or a filter such as genre=techno&bpm_min=125', parseTracks)
    .addOption(
      new Option(
        '--by <what>',
        'where tracks stand, in what --json gives: what mixes, sounds alike, or has the same key or tempo is close',
      )
        .choices(GRAPH_PLACES)
        .default('mix'),
    )
    .option('--exits <number>', 'the most transitions of a track that are given', parseExits, DEFAULT_EXITS)
    .option('--least <score>', 'the score from which a transition is good, up to 1', parseScore, DEFAULT_LEAST)
    .action(
      cli.run(async (terminal, { pool: filter, by, exits, least }: Options) =>
        cli.withApp(async (app) => {
          const graph = await withProgressBar(terminal, 'Looking at the tracks', (update) =>
            app.sets.graph(
              { filter, by, exits, least, hasTransitions: true },
              {
                signal: terminal.signal,
                onProgress: ({ done, total, item }) => update(total === 0 ? 1 : done / total, item ?? ''),
              },
            ),
          )
          terminal.result(graphDocument(graph, { exits, least }), () => linesOf(graph))
        }),
      ),
    )
