/** Reads a person's code with this phone's camera, where the browser can; the letters are typed where it cannot. */

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}

type DetectorClass = new (options: { formats: string[] }) => Detector;

const EVERY = 250;

export function start(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  const look = form.querySelector<HTMLButtonElement>("[data-look]");
  const Reader = (window as unknown as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  if (!look || !Reader || !navigator.mediaDevices) return;
  look.hidden = false;
  look.addEventListener("click", () => void read(form, new Reader({ formats: ["qr_code"] })));
}

async function read(form: HTMLFormElement, reader: Detector): Promise<void> {
  const video = form.querySelector<HTMLVideoElement>("[data-camera]");
  const told = form.querySelector<HTMLElement>("[data-told]");
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).catch(() => null);
  if (told) told.textContent = (stream ? form.dataset.textLooking : form.dataset.textNone) ?? "";
  if (!video || !stream) return;
  video.srcObject = stream;
  video.hidden = false;
  await video.play();
  const timer = window.setInterval(async () => {
    const [found] = await reader.detect(video).catch(() => []);
    const code = found && codeIn(found.rawValue);
    if (!code) return;
    window.clearInterval(timer);
    for (const track of stream.getTracks()) track.stop();
    const field = form.querySelector<HTMLInputElement>('[name="code"]');
    if (field) field.value = code;
    form.requestSubmit();
  }, EVERY);
}

/** The code stands in the address, behind `kode=`; anything else that is held to the camera is no code of ours. */
function codeIn(text: string): string {
  return /[?&]kode=([\w-]{4,20})/.exec(text)?.[1] ?? "";
}
