import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import { parseModelVersion } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'

export const modelsActivate = (cli: Cli): Command =>
  cli
    .command({
      name: 'activate',
      description: 'Use a version from now on; also the way back to an older one, or to v0, which ships with Algiers.',
      examples: ['algiers models activate v2', 'algiers models activate v0', 'algiers models activate v2 --dry-run'],
    })
    .argument('<version>', 'number of the version, e.g. v2', parseModelVersion)
    .option('--dry-run', 'only say what would change, and what would be the better choice')
    .action(
      cli.run(async (terminal, { dryRun }: { readonly dryRun?: boolean }, version: number) =>
        cli.withApp(async (app) => {
          const preview = await app.versions.preview(version)
          if (dryRun) {
            terminal.result(snakeCase(preview), () =>
              preview.warnings.length > 0 ? preview.warnings : [`Nothing speaks against v${version}.`],
            )
            return
          }
          for (const warning of preview.warnings) terminal.note(`! ${warning}`)
          const previous = await app.versions.activate(version)
          terminal.result({ active_version: version, previous_version: previous }, () => [
            previous === null ? `v${version} is active.` : `v${version} is active; before it was v${previous}.`,
          ])
        }),
      ),
    )
