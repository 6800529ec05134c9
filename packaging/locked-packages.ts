/** @file Which packages of a lock file are for which platform. https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json */
import type { Platform } from './platforms.ts'

type Names = string | readonly string[]
type LockedPackage = { readonly os?: Names; readonly cpu?: Names; readonly libc?: Names }
/** By the folder of a package, such as `node_modules/zod`. */
type Lock = { readonly packages: Readonly<Record<string, LockedPackage>> }

/** The C library that the packages for Linux are built against. */
const LIBC = 'glibc'
const MODULES = 'node_modules/'

/** As npm reads `os`, `cpu` and `libc`: a name with `!` leaves one out. */
const allows = (names: Names | undefined, name: string): boolean => {
  if (names === undefined) return true
  const listed = [names].flat()
  if (listed.includes(`!${name}`)) return false
  return listed.every((one) => one.startsWith('!')) || listed.includes(name) || listed.includes('any')
}

const suits = ({ os, cpu, libc }: LockedPackage, platform: Platform): boolean =>
  allows(os, platform.os) && allows(cpu, platform.cpu) && (platform.os !== 'linux' || allows(libc, LIBC))

/** The same lock file, by which npm installs on any machine what any of the platforms takes, and nothing that is for others alone. */
export const lockFor = (text: string, platforms: readonly Platform[]): string => {
  const lock = JSON.parse(text) as Lock
  const forThese = ([path, locked]: [string, LockedPackage]): [string, LockedPackage] => {
    const { os: _os, cpu: _cpu, libc: _libc, ...rest } = locked
    return [path, platforms.some((platform) => suits(locked, platform)) ? rest : { ...rest, os: ['none'] }]
  }
  return JSON.stringify({ ...lock, packages: Object.fromEntries(Object.entries(lock.packages).map(forThese)) })
}

/** Of the files of installed packages, those of packages that npm would install on the platform. */
export const filesOfPlatform = (text: string, platform: Platform, files: readonly string[]): readonly string[] => {
  const others = Object.entries((JSON.parse(text) as Lock).packages)
    .filter(([, locked]) => !suits(locked, platform))
    .map(([path]) => `${path.slice(MODULES.length)}/`)
  return files.filter((path) => !others.some((folder) => path.startsWith(folder)))
}
