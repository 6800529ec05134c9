import type { Command } from 'commander'
import { setDocumentOf } from '../../api/views/kept-set-document.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { parsePositiveInteger, parseWholeNumber } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { refusalLines, setLines } from '../set-lines.ts'

export const setReplan = (cli: Cli): Command =>
  cli
    .command({
      name: 'replan',
      description: 'Choose the tracks of a set anew; locked ones stay in their places.',
      examples: ['algiers set replan 3', 'algiers set replan 3 --seed 7'],
    })
    .argument('<set>', 'number of the set, as `algiers set list` shows it', parsePositiveInteger)
    .option('--seed <number>', 'another number, another set', parseWholeNumber)
    .action(
      cli.run(async (terminal, { seed }: { readonly seed?: number }, id: number) =>
        cli.withApp(async (app) => {
          const { set, refusals } = await app.sets.kept.plan(id, { seed, signal: terminal.signal })
          terminal.result({ ...(await setDocumentOf(set)), refusals: snakeCase(refusals) }, () => [
            ...setLines(set),
            ...refusalLines(refusals),
          ])
        }),
      ),
    )
