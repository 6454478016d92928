import type { Locator, Page } from 'playwright-core';

/** Files that a page makes, for what people do with files in one. */

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Noise, which no encoder makes small. */
export async function drawnPicture(page: Page, size: Size & { readonly type: string }): Promise<Buffer> {
  const base64 = await page.evaluate(
    `(async () => {
      const { width, height, type } = ${JSON.stringify(size)};
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      const context = canvas.getContext('2d');
      const image = context.createImageData(width, height);
      let state = 7;
      for (let n = 0; n < image.data.length; n++) {
        state = (state * 1103515245 + 12345) % 2147483648;
        image.data[n] = n % 4 === 3 ? 255 : state >> 16;
      }
      context.putImageData(image, 0, 0);
      const blob = await new Promise((resolve) => canvas.toBlob(resolve, type));
      return new Uint8Array(await blob.arrayBuffer()).reduce((all, byte) => all + String.fromCharCode(byte), '');
    })()`,
  );
  return Buffer.from(String(base64), 'latin1');
}

/** What stands in the photos of {@link asTaken}. */
export const PLACE = '52°31′N 13°24′E';

/** A JPEG as a camera that was held upright leaves it: to be turned by a quarter, with the place where it was taken. */
export function asTaken(jpeg: Buffer): Buffer {
  const place = Buffer.from(PLACE);
  const tiff = Buffer.alloc(38 + place.length);
  tiff.write('MM\0*', 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(2, 8);
  // The orientation, a short, and the description, a text that stands behind.
  for (const [at, tag, type, count] of [
    [10, 0x0112, 3, 1],
    [22, 0x010e, 2, place.length],
  ] as const) {
    tiff.writeUInt16BE(tag, at);
    tiff.writeUInt16BE(type, at + 2);
    tiff.writeUInt32BE(count, at + 4);
  }
  tiff.writeUInt16BE(6, 18);
  tiff.writeUInt32BE(38, 30);
  place.copy(tiff, 38);
  const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(2 + exif.length, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)]);
}

/** 64 by 48 pixels, for as long as it takes to have some frames. */
export async function filmed(page: Page): Promise<Buffer> {
  const binary = await page.evaluate(
    `(async () => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 48 });
      const context = canvas.getContext('2d');
      const recorder = new MediaRecorder(canvas.captureStream(), { mimeType: 'video/webm' });
      const parts = [];
      recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
      const ended = new Promise((resolve) => recorder.addEventListener('stop', resolve));
      recorder.start();
      for (let frame = 0; frame < 30; frame++) {
        context.fillStyle = 'hsl(' + frame * 12 + ' 80% 50%)';
        context.fillRect(0, 0, 64, 48);
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      recorder.stop();
      await ended;
      const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
      return bytes.reduce((all, byte) => all + String.fromCharCode(byte), '');
    })()`,
  );
  return Buffer.from(String(binary), 'latin1');
}

interface TextFile {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

const transferOf = ({ name, type, text }: TextFile): string =>
  `(() => { const transfer = new DataTransfer();
    transfer.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}, { type: ${JSON.stringify(type)} }));
    return transfer; })()`;

/** Holds a file over the page, waits until it says that it takes it, and lets it go. */
export async function dropOn(page: Page, file: TextFile): Promise<void> {
  const drag = (kind: string): Promise<unknown> =>
    page.evaluate(
      `document.body.dispatchEvent(new DragEvent('${kind}', { bubbles: true, cancelable: true, dataTransfer: ${transferOf(file)} }))`,
    );
  await drag('dragover');
  await page.getByText('Drop files here to send them').waitFor();
  await drag('drop');
}

export async function pasteInto(field: Locator, file: TextFile): Promise<void> {
  await field.focus();
  await field
    .page()
    .evaluate(
      `document.activeElement.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: ${transferOf(file)} }))`,
    );
}
