import type { Command } from 'commander'
import { scopeDocument } from '../../api/views/scope-document.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'
import { formatTable } from '../table.ts'

export const modelsScopes = (cli: Cli): Command =>
  cli
    .command({
      name: 'scopes',
      description: 'List the parts of the library that have models of their own, and what answers for each.',
      examples: ['algiers models scopes'],
    })
    .action(
      cli.run(async (terminal) =>
        cli.withApp(async (app) => {
          const scopes = (await app.versions.scopes.list()).map(scopeDocument)
          terminal.result({ scopes }, () =>
            scopes.length === 0
              ? ['No scopes yet. Make one with: algiers models scope Techno "genre=techno"']
              : [
                  ...formatTable(
                    ['scope', 'tracks', 'labels', 'versions', 'answers', 'filter'],
                    scopes.map((scope) => [
                      printable(scope.name),
                      scope.tracks,
                      scope.labels,
                      scope.versions.map((version) => `v${version}`).join(' '),
                      scope.is_answering ? `v${scope.active_version}` : 'the general one',
                      printable(scope.problem ?? scope.filter),
                    ]),
                  ),
                  ...scopes.flatMap(({ proof, overlaps, name }) => [
                    ...(proof === null ? [] : ['', printable(proof)]),
                    ...overlaps.map((other) =>
                      printable(`${other.name} answers for ${other.tracks} of the tracks of ${name}.`),
                    ),
                  ]),
                ],
          )
        }),
      ),
    )
