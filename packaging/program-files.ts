import { join } from 'node:path'
import { binaryPlatform } from './binary-platform.ts'
import { diskFile, type PackedFile, under } from './entry.ts'
import type { InstalledModules } from './install-modules.ts'
import { isNeededModuleFile } from './needed-module-file.ts'
import { npm } from './npm.ts'
import type { Platform } from './platforms.ts'

type Packed = readonly [{ readonly files: readonly { readonly path: string }[] }]

/** The files of the package that npm would publish: page and engine must have been built. */
export const ownFiles = (root: string): PackedFile[] => {
  const [{ files }] = JSON.parse(npm(root, 'pack', '--dry-run', '--json', '--ignore-scripts')) as Packed
  return files.map(({ path }) => ({ ...diskFile(path, join(root, path)), mode: 0o644 }))
}

/**
 * What every package of a platform consists of: `app/`, the program with the packages it uses, and `runtime/`, the pinned Node.
 * @throws where a binary is one of another platform
 */
export const programFiles = (
  own: readonly PackedFile[],
  modules: InstalledModules,
  platform: Platform,
): PackedFile[] => {
  const needed = modules.filesFor(platform).filter((path) => isNeededModuleFile(path, platform))
  const node = platform.os === 'win32' ? 'node.exe' : 'node'
  const files = [
    ...under('app', own),
    // Some packages come with bits of their author's disk; nothing of them is run by itself.
    ...needed.map((path) => ({
      ...diskFile(`app/node_modules/${path}`, join(modules.folder, path)),
      mode: 0o644 as const,
    })),
    { ...diskFile(`runtime/${node}`, join(modules.folder, platform.nodePackage, 'bin', node)), mode: 0o755 as const },
  ]
  for (const { path, read } of files) {
    const found = binaryPlatform(read())
    if (found !== null && found !== platform.name) throw new Error(`${path} is for ${found}, not for ${platform.name}`)
  }
  return files
}
