import type { Command } from 'commander'
import { setDocumentOf } from '../../api/views/kept-set-document.ts'
import { keptPlaces, MOST_TRIM_DB } from '../../core/setlist/kept-set.ts'
import { setTrim as trimPlace } from '../../core/setlist/set-edits.ts'
import { parseNumber, parsePositiveInteger } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { setLines } from '../set-lines.ts'
import { UsageError } from '../usage-error.ts'

const parseTrim = (text: string): number =>
  parseNumber(text, (value) => Math.abs(value) <= MOST_TRIM_DB, `decibels from -${MOST_TRIM_DB} to ${MOST_TRIM_DB}`)

export const setTrim = (cli: Cli): Command =>
  cli
    .command({
      name: 'trim',
      description: 'Play a track of a set louder or quieter than its measured loudness asks for.',
      examples: ['algiers set trim 3 5 2', 'algiers set trim 3 5 -- -1.5'],
    })
    .argument('<set>', 'number of the set, as `algiers set list` shows it', parsePositiveInteger)
    .argument('<place>', 'number of the place', parsePositiveInteger)
    .argument('<decibels>', 'how much louder; 0 for as loud as all others', parseTrim)
    .action(
      cli.run(async (terminal, _options, id: number, place: number, trimDb: number) =>
        cli.withApp(async (app) => {
          const before = await app.sets.kept.look(id)
          if (place > before.places.length) throw new UsageError(`The set has no place ${place}.`)
          await app.sets.kept.change(id, {
            seen: before.version,
            places: trimPlace(keptPlaces(before), place - 1, trimDb),
          })
          const set = await app.sets.kept.look(id)
          terminal.result(await setDocumentOf(set), () => setLines(set))
        }),
      ),
    )
