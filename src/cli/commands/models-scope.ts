import type { Command } from 'commander'
import { scopeDocument } from '../../api/views/scope-document.ts'
import { countText } from '../../core/units/count-text.ts'
import type { TrackSearch } from '../../engine/kit/resolve-search.ts'
import { parseName } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'
import { scopeOf } from '../scope-reference.ts'
import { parseTracks } from '../track-filter.ts'
import { UsageError } from '../usage-error.ts'

type Options = { readonly remove?: boolean; readonly general?: boolean; readonly rename?: string }

export const modelsScope = (cli: Cli): Command =>
  cli
    .command({
      name: 'scope',
      description: 'Make a scope: a genre, tag, playlist or folder with a model of its own; or change one.',
      examples: [
        'algiers models scope Techno "genre=techno"',
        'algiers models scope Friday "playlist=3"',
        'algiers models scope Techno --general',
        'algiers models scope Techno --remove',
      ],
    })
    .argument('<name>', 'of the scope', parseName)
    .argument('[filter]', 'words, or a filter such as genre=techno&bpm_min=130', parseTracks)
    .option('--rename <name>', 'another name for it', parseName)
    .option('--general', 'have the general version answer for its tracks again')
    .option('--remove', 'remove it; its versions stay')
    .action(
      cli.run(async (terminal, { remove, general, rename }: Options, name: string, filter?: TrackSearch) =>
        cli.withApp(async (app) => {
          const { scopes } = app.versions
          if (remove || general || rename !== undefined) {
            const { id } = await scopeOf(app, name)
            if (remove) {
              const { versions, stepId } = await scopes.remove(id)
              terminal.result({ removed: id, versions_kept: versions, step_id: stepId }, () => [
                printable(`${name} is removed; it keeps ${countText(versions, 'version')}.`),
                'Take it back with: algiers labels undo',
              ])
              return
            }
            const changed = general ? await scopes.deactivate(id) : await scopes.change(id, { name: rename, filter })
            terminal.result({ scope: scopeDocument(changed) }, () => [
              printable(general ? `The general version answers for ${name} again.` : `${changed.name} is changed.`),
            ])
            return
          }
          if (filter === undefined) throw new UsageError('Give a filter, such as "genre=techno".')
          const there = (await scopes.list()).find((scope) => scope.name.toLowerCase() === name.toLowerCase())
          const scope = there ? await scopes.change(there.id, { filter }) : await scopes.add(name, filter)
          terminal.result({ scope: scopeDocument(scope) }, () => [
            printable(`${scope.name}: ${countText(scope.tracks)}, ${countText(scope.labels, 'label')}.`),
            `Train it with: algiers train --scope ${JSON.stringify(scope.name)}`,
          ])
        }),
      ),
    )
