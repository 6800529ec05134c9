import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import type { Cli } from '../cli.ts'
import { trackIdsOf } from '../track-ids.ts'

type Options = { readonly withLabels?: boolean }

export const libraryForget = (cli: Cli): Command =>
  cli
    .command({
      name: 'forget',
      description:
        'Remove tracks from the library. No file is deleted; files still in its folders are ignored from then on.',
      examples: ['algiers library forget 12 13', 'algiers library forget "night train" --with-labels'],
    })
    .argument('<track...>', 'ids, digests, paths or parts of names')
    .option('--with-labels', 'also remove tracks you have worked on; the library is copied first')
    .action(
      cli.run(async (terminal, { withLabels = false }: Options, references: readonly string[]) =>
        cli.withApp(async (app) => {
          const ids = await trackIdsOf(app, references)
          const removal = await app.collection.removeTracks(ids, { withWork: withLabels })
          terminal.result(snakeCase(removal), () => [
            `Removed ${removal.removed}. Files ignored from now on: ${removal.ignoredFiles}.`,
            ...(removal.ignoredFiles > 0
              ? ['To undo this: algiers library ignored, then algiers library unignore <id>']
              : []),
            ...(removal.copy === null
              ? []
              : [`Labels removed: ${removal.lost.labels}. They are still in the copy ${removal.copy}.`]),
          ])
        }),
      ),
    )
