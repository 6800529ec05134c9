import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Cli } from '../cli.ts'
import { UsageError } from '../usage-error.ts'

export const settingsSet = (cli: Cli): Command =>
  cli
    .command({
      name: 'set',
      description: 'Change a setting.',
      examples: ['algiers settings set training_timeout_seconds 1200', 'algiers settings set workers 4'],
    })
    .argument('<key>', 'name of the setting')
    .argument('<value>', 'new value')
    .action(
      cli.run(async (terminal, _options: object, key: string, value: string) =>
        cli.withApp(async (app) => {
          const { settings } = app.upkeep
          const known = Object.keys(snakeCase(await settings.all()))
          if (!known.includes(key)) throw new UsageError(`There is no setting "${key}"; there are ${known.join(', ')}.`)
          const changed = await settings.change({ [key]: value }).catch((error: unknown) => {
            throw error instanceof UserError && error.code === 'SETTING_INVALID' ? new UsageError(error.message) : error
          })
          const shown = Object.entries(snakeCase(changed)).filter(([name]) => name === key)
          terminal.result({ settings: Object.fromEntries(shown) }, () => [`${key} = ${value}`])
        }),
      ),
    )
