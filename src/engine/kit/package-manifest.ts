import { createRequire } from 'node:module'

type PackageManifest = { readonly version: string; readonly description: string }

/** The file lies beside `src/` and beside the compiled `lib/` alike; the compiler would copy it if it were imported. */
export const packageManifest = createRequire(import.meta.url)('../../../package.json') as PackageManifest
