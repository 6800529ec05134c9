import type { PackedFile } from './entry.ts'
import type { Platform } from './platforms.ts'

/** A file of the release page. */
export type Artefact = { readonly name: string; readonly bytes: Buffer }

/** What the packages of one platform are put together from. */
export type Program = {
  readonly platform: Platform
  readonly version: string
  readonly description: string
  /** `app/` and `runtime/`. */
  readonly files: readonly PackedFile[]
  /** Of the program and of all that comes with it. */
  readonly licences: string
  readonly changelog: string
  /** The icon, as SVG. */
  readonly icon: string
}
