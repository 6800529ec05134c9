import { Argument, type Command } from 'commander'
import type { Cli } from '../cli.ts'

export const loginStart = (cli: Cli): Command =>
  cli
    .command({
      name: 'login-start',
      description: 'Say whether Algiers is started when you log in, or switch that on or off.',
      examples: ['algiers login-start', 'algiers login-start on'],
    })
    .addArgument(new Argument('[state]', 'on or off').choices(['on', 'off']))
    .action(
      cli.run(async (terminal, _options: object, state?: 'on' | 'off') =>
        cli.withTools(async ({ login }) => {
          if (state !== undefined) await login.set(state === 'on')
          const isOn = await login.isOn()
          terminal.result({ start_at_login: isOn }, () => [
            isOn ? 'Algiers is started when you log in.' : 'Algiers is not started when you log in.',
          ])
        }),
      ),
    )
