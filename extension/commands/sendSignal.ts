import { l10n } from '../../views/l10n';
import { namedProcess } from '../../views/rowText';
import { chooseOrder } from '../signals/chooseOrder';
import { sendToMany } from './sendToMany';
import { sendSignal } from './signalSender';
import type { PickableVerb } from './verb';

export const sendSignalVerb: PickableVerb = {
  get pickerTitle() {
    return l10n.t('Process to send a signal to');
  },
  async run(services, row) {
    const order = await chooseOrder(services, namedProcess(row), row);
    if (order) await sendSignal(services, row, order);
  },
  async runMany(services, rows) {
    const order = await chooseOrder(services, l10n.t('{0} processes', rows.length), undefined);
    if (order) await sendToMany(services, rows, order);
  },
};
