import licenceTexts from 'spdx-license-list/full.js'
import type { ShippedPackage } from './shipped-packages.ts'

const RULE = `\n${'='.repeat(79)}\n`

/** The text of each licence that an SPDX expression names. */
const standardTexts = (expression: string): string[] =>
  expression
    .split(/[()\s]+|\bAND\b|\bOR\b/)
    .filter((id) => id !== '')
    .map((id) => licenceTexts[id]?.licenseText ?? `The terms of ${id}.`)

/** One text with the licence of the program and of each package that comes with it. */
export const gatherLicences = (own: string, packages: readonly ShippedPackage[]): string =>
  [
    'Algiers comes with the software of others. Their licences follow its own, which is the Apache License 2.0.\n',
    own,
    ...packages.map(({ name, version, licence, texts }) =>
      [
        `${name} ${version} (${licence})\n\n`,
        ...(texts.length > 0
          ? texts
          : [
              'The package names its licence and comes without a text; this is the standard one.\n\n',
              ...standardTexts(licence),
            ]),
      ].join(''),
    ),
  ].join(RULE)
