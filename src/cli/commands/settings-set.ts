import type { Command } from 'commander'
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
          const settings = app.settings.set(key, value)
          if (settings === null)
            throw new UsageError(
              `There is no setting "${key}"; there are ${Object.keys(app.settings.all()).join(', ')}.`,
            )
          if (typeof settings === 'string') throw new UsageError(`${key}: ${settings}`)
          terminal.result({ settings: { [key]: settings[key as keyof typeof settings] } }, () => [`${key} = ${value}`])
        }),
      ),
    )
