import { readFileSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** The Open Font Licence is handed on with the font. */
const fontLicence: Plugin = {
  name: 'font-licence',
  generateBundle() {
    const source = readFileSync(new URL(import.meta.resolve('@fontsource-variable/inter/LICENSE')))
    this.emitFile({ type: 'asset', fileName: 'assets/inter-OFL.txt', source })
  },
}

/** The only part of the program that is bundled. */
export default defineConfig({
  root: 'src/web',
  plugins: [react(), fontLicence],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    // What the page may weigh is held by `bench/page/bytes.test.ts`, after gzip; Vite would print a guess of its own.
    chunkSizeWarningLimit: 1000,
    modulePreload: { polyfill: false },
    // The licences of what is bundled are handed on with it.
    license: { fileName: 'licences.json' },
  },
})
