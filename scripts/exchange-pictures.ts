/** Pictures of what comes from other DJ programs and of what goes to them. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import type { App } from '../src/app.ts'
import { DEFAULT_CUE_PLAN } from '../src/core/interop/libraries/plan-cues.ts'

export type Picture = {
  readonly name: string
  readonly path: string
  readonly act?: (page: Page) => Promise<void>
  readonly theme?: 'dark' | 'light'
  readonly width?: number
  readonly height?: number
}

/** The demo library as a DJ's own rekordbox would have it, with a name that nobody else uses. */
export const writeDjLibrary = async (app: App, path: string): Promise<void> => {
  if (existsSync(path)) return
  const { files, manifest } = await app.exchange.exportToProgram({
    format: 'rekordbox-xml',
    output: path,
    plan: DEFAULT_CUE_PLAN,
    grid: true,
    key: true,
    playlists: true,
    trackIds: null,
    relative: false,
    into: null,
    mode: 'extend',
    inPlace: false,
    dryRun: false,
  })
  rmSync(manifest)
  const own = readFileSync(files[0]!, 'utf8')
    .replaceAll('Name="Drop"', 'Name="Mainfloor"')
    .replace(/<PRODUCT [^>]*>/, '<PRODUCT Name="rekordbox" Version="7.0.9" Company="AlphaTheta"/>')
  writeFileSync(files[0]!, own)
}

const lookThrough = async (page: Page, path: string): Promise<void> => {
  await page.getByLabel('File, folder or drive').fill(path)
  await page.getByRole('button', { name: 'Look through it' }).click()
  await page.getByText('They count only once you accept them').waitFor()
}

const openExport = async (page: Page, format: string): Promise<void> => {
  await page.getByRole('button', { name: 'For your DJ program…' }).click()
  await page.getByRole('combobox', { name: 'Format', exact: true }).selectOption(format)
}

/** Of what goes to other DJ programs and comes from them; what is brought in is taken back in the end. */
export const exchangePictures = (library: string, copies: string): readonly Picture[] => [
  { name: 'bring-in', path: '/bring-in', height: 1180, act: (page) => lookThrough(page, library) },
  {
    name: 'bring-in-review',
    path: '/bring-in',
    height: 640,
    act: async (page) => {
      await lookThrough(page, library)
      await page.getByLabel('What Mainfloor stands for').selectOption('drop')
      await page.getByRole('button', { name: 'Bring it in', exact: true }).click()
      await page.getByRole('heading', { name: 'Review: rekordbox' }).waitFor()
    },
  },
  {
    name: 'export-rekordbox',
    path: '/training',
    act: async (page) => {
      await openExport(page, 'rekordbox-xml')
      await page.getByRole('combobox', { name: 'Sections as' }).selectOption('memory')
      await page.getByRole('combobox', { name: 'Write', exact: true }).selectOption('merged')
      await page.getByRole('textbox', { name: 'File that your program exported' }).fill(library)
      await page.getByRole('button', { name: 'Show what would change' }).click()
      await page.getByText('would be written').first().waitFor()
      await page.getByText('Track by track').click()
    },
  },
  { name: 'export-traktor', path: '/training', act: (page) => openExport(page, 'traktor-nml') },
  {
    name: 'export-serato',
    path: '/training',
    act: async (page) => {
      await openExport(page, 'serato')
      await page.getByLabel('Folder for the copies').fill(copies)
      await page.getByRole('button', { name: 'Show what would change' }).click()
      await page.getByText('would be written').first().waitFor()
      await page.getByText('Track by track').click()
    },
  },
  { name: 'export-playlists', path: '/training', act: (page) => openExport(page, 'm3u8') },
]

export const takeImportsBack = async (app: App): Promise<void> => {
  const { libraries } = app.exchange
  for (const { id, undoneAt } of await libraries.imports()) if (undoneAt === null) await libraries.undo(id)
}
