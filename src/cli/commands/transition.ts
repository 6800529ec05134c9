import type { Command } from 'commander'
import { besideTrackDocument } from '../../api/views/track-document.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { clock } from '../../core/units/clock.ts'
import type { JudgedTransition, TransitionSide } from '../../engine/sets/transition.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'
import { type Cell, formatTable } from '../table.ts'

const CHOSEN = { label: 'your label', suggestion: 'suggested', place: 'no section known' } as const
const HEADER = ['part', 'score', 'weight', 'outro', 'intro', 'difference'] as const

type Part = JudgedTransition['parts'][number]

const round = (value: number): number => Math.round(value * 100) / 100
const cellOf = (value: string | number | null): Cell => (typeof value === 'number' ? round(value) : value)

const rowOf = ({ part, score, weight, from, to, difference }: Part): readonly Cell[] => [
  part,
  score === null ? 'not known' : round(score),
  weight,
  cellOf(from),
  cellOf(to),
  cellOf(difference),
]

const sideLine = (name: string, { track, startSeconds, endSeconds, chosenBy }: TransitionSide): string =>
  `${name} ${clock(Math.max(0, startSeconds))}–${clock(endSeconds)} (${CHOSEN[chosenBy]}) of ${printable(track.title)}`

export const transition = (cli: Cli): Command =>
  cli
    .command({
      name: 'transition',
      description:
        'Judge how well the outro of one track leads into the intro of another, from 0 to 1: sound, key and tuning, tempo, energy, two voices or two basses at once.',
      examples: ['algiers transition "Summer Nights" 12', 'algiers transition 12 7 --json | jq .score'],
    })
    .argument('<from>', 'id, path, or part of the title or file name')
    .argument('<to>', 'the track that comes next')
    .action(
      cli.run(async (terminal, _options: object, from: string, to: string) =>
        cli.withApp(async (app) => {
          const judged = await app.sets.transition(from, to)
          const sides = { from: besideTrackDocument(judged.from), to: besideTrackDocument(judged.to) }
          terminal.result({ ...snakeCase(judged), ...sides }, () => [
            judged.score === null ? 'Nothing is known of the two' : `${judged.score.toFixed(2)} of 1`,
            sideLine('outro', judged.from),
            sideLine('intro', judged.to),
            ...formatTable(HEADER, judged.parts.map(rowOf)),
          ])
        }),
      ),
    )
