import type { Command } from 'commander'
import { comparePlaces } from '../../core/setlist/compare-sets.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { parsePositiveInteger } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'
import { scoreText } from '../set-lines.ts'
import { formatTable } from '../table.ts'

export const setCompare = (cli: Cli): Command =>
  cli
    .command({
      name: 'compare',
      description: 'Compare two versions of a set: what stayed in order, moved, came and went.',
      examples: ['algiers set compare 3 2 5'],
    })
    .argument('<set>', 'number of the set, as `algiers set list` shows it', parsePositiveInteger)
    .argument('<before>', 'number of the earlier version', parsePositiveInteger)
    .argument('<after>', 'number of the later version', parsePositiveInteger)
    .action(
      cli.run(async (terminal, _options: object, id: number, before: number, after: number) =>
        cli.withApp(async (app) => {
          const [one, other] = [await app.sets.kept.look(id, before), await app.sets.kept.look(id, after)]
          const titles = new Map([...one.places, ...other.places].map(({ trackId, title }) => [trackId, title]))
          const [was, is] = [one, other].map(({ places }) => places.map(({ trackId }) => trackId)) as [
            number[],
            number[],
          ]
          const places = comparePlaces(was, is)
          terminal.result({ before: one.score, after: other.score, places: snakeCase(places) }, () => [
            ...formatTable(
              ['then', 'now', 'track', ''],
              places.map((place) => [
                place.before === null ? null : place.before + 1,
                place.after === null ? null : place.after + 1,
                printable(titles.get(place.trackId)!),
                place.change === 'same' ? null : place.change,
              ]),
            ),
            '',
            `score ${scoreText(one.score)} then, ${scoreText(other.score)} now`,
          ])
        }),
      ),
    )
