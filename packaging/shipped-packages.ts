import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesIn } from './files-in.ts'
import { isLicenceFile } from './needed-module-file.ts'

export type ShippedPackage = {
  readonly name: string
  readonly version: string
  /** SPDX, as the package states it. */
  readonly licence: string
  /** The texts that come with it; none where it only names its licence. */
  readonly texts: readonly string[]
}

type Manifest = {
  readonly name: string
  readonly version: string
  readonly license?: string | { readonly type: string }
}
type Bundled = { readonly name: string; readonly version: string; readonly identifier: string; readonly text?: string }

/** The folder of the package that a file belongs to, packages within packages included. */
const FOLDER = /^(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+(?=\/)/

const packageIn = (folder: string): ShippedPackage => {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
  const licence = typeof license === 'object' ? license.type : license
  if (licence === undefined) throw new Error(`${name} states no licence`)
  const texts = filesIn(folder).filter(
    (path) => isLicenceFile(path) && !path.includes('node_modules/') && !path.includes('/'),
  )
  return { name, version, licence, texts: texts.map((path) => readFileSync(join(folder, path), 'utf8')) }
}

/** What the bundler has put into the page. */
const bundledIn = (root: string): ShippedPackage[] =>
  (JSON.parse(readFileSync(join(root, 'dist', 'web', 'licences.json'), 'utf8')) as Bundled[]).map(
    ({ name, version, identifier, text }) => ({ name, version, licence: identifier, texts: text ? [text] : [] }),
  )

/** Every package of which something is shipped, by name: of these files of the installed ones, of the page, and Node itself. */
export const shippedPackages = (root: string, modules: string, files: readonly string[]): ShippedPackage[] => {
  const folders = new Set(files.map((path) => FOLDER.exec(path)?.[0]).filter((folder) => folder !== undefined))
  const installed = [...folders]
    .map((folder) => join(modules, folder))
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .map(packageIn)
  const byId = new Map([...installed, ...bundledIn(root)].map((item) => [`${item.name}@${item.version}`, item]))
  return [...byId].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item)
}
