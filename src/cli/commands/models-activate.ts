import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import { parseModelVersion } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'

export const modelsActivate = (cli: Cli): Command =>
  cli
    .command({
      name: 'activate',
      description: 'Use a version from now on, or go back to an older one or to v0, the shipped model.',
      examples: ['algiers models activate v2', 'algiers models activate v0', 'algiers models activate v2 --dry-run'],
    })
    .argument('<version>', 'number of the version, e.g. v2', parseModelVersion)
    .option('--dry-run', 'only say what would change, and what does better on your labels')
    .action(
      cli.run(async (terminal, { dryRun }: { readonly dryRun?: boolean }, version: number) =>
        cli.withApp(async (app) => {
          const preview = await app.versions.preview(version)
          if (dryRun) {
            terminal.result(snakeCase(preview), () =>
              preview.warnings.length > 0 ? preview.warnings : [`There are no warnings about v${version}.`],
            )
            return
          }
          for (const warning of preview.warnings) terminal.note(`! ${warning}`)
          const previous = await app.versions.activate(version)
          terminal.result({ active_version: version, previous_version: previous }, () => [
            previous === null ? `v${version} is active.` : `v${version} is active; before, it was v${previous}.`,
          ])
        }),
      ),
    )
