import type { Command } from 'commander'
import { setDocumentOf } from '../../api/views/kept-set-document.ts'
import { keptPlaces } from '../../core/setlist/kept-set.ts'
import { parsePositiveInteger } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { setLines } from '../set-lines.ts'
import { UsageError } from '../usage-error.ts'

export const setLock = (cli: Cli): Command =>
  cli
    .command({
      name: 'lock',
      description: 'Lock tracks of a set to their places, so that a new plan leaves them there.',
      examples: ['algiers set lock 3 1 5', 'algiers set lock 3 5 --off'],
    })
    .argument('<set>', 'number of the set, as `algiers set list` shows it', parsePositiveInteger)
    .argument('<places...>', 'numbers of places', (text: string, before: readonly number[] = []) => [
      ...before,
      parsePositiveInteger(text),
    ])
    .option('--off', 'let them go again')
    .action(
      cli.run(async (terminal, { off = false }: { readonly off?: boolean }, id: number, places: readonly number[]) =>
        cli.withApp(async (app) => {
          const before = await app.sets.kept.look(id)
          const beyond = places.find((place) => place > before.places.length)
          if (beyond !== undefined) throw new UsageError(`The set has no place ${beyond}.`)
          await app.sets.kept.change(id, {
            seen: before.version,
            places: keptPlaces(before).map((place, at) => ({
              ...place,
              isLocked: places.includes(at + 1) ? !off : place.isLocked,
            })),
          })
          const set = await app.sets.kept.look(id)
          terminal.result(await setDocumentOf(set), () => setLines(set))
        }),
      ),
    )
