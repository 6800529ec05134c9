import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import type { Cli } from '../cli.ts'
import { UsageError } from '../usage-error.ts'

export const settingsGet = (cli: Cli): Command =>
  cli
    .command({ name: 'get', description: 'Show one setting, or all.', examples: ['algiers settings get'] })
    .argument('[key]', 'name of the setting')
    .action(
      cli.run(async (terminal, _options: object, key?: string) =>
        cli.withApp(async (app) => {
          const settings = Object.entries(snakeCase(await app.upkeep.settings.all()))
          const shown = key === undefined ? settings : settings.filter(([name]) => name === key)
          if (shown.length === 0)
            throw new UsageError(
              `There is no setting "${key}"; there are ${settings.map(([name]) => name).join(', ')}.`,
            )
          terminal.result({ settings: Object.fromEntries(shown) }, () =>
            shown.map(([name, value]) => `${name} = ${value}`),
          )
        }),
      ),
    )
