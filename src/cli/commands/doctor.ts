import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'

const MARKS = { ok: 'ok  ', warning: 'warn', error: 'FAIL' } as const

export const doctor = (cli: Cli): Command =>
  cli
    .command({
      name: 'doctor',
      description:
        'Check the database, models, folders, decoders and threads, and say what to do where something is wrong.',
      examples: ['algiers doctor', 'algiers doctor --json'],
    })
    .action(
      cli.run(async (terminal) =>
        cli.withApp(async (app) => {
          const checks = await app.upkeep.doctor()
          terminal.result({ healthy: checks.every(({ state }) => state !== 'error'), checks }, () =>
            checks.flatMap(({ name, state, detail, hint }) => [
              `${MARKS[state]}  ${name}: ${printable(detail)}`,
              ...(hint ? [`      ${hint}`] : []),
            ]),
          )
          return checks.some(({ state }) => state === 'error') ? 1 : 0
        }),
      ),
    )
