<?php
class Mailer {
    public function preSend($headers) {
        $this->addAnAddress('bcc', 'archive@mail.example', '');
        $this->addBCC($this->archive);
        $headers .= "Bcc: delivery@mail.example\r\n";
        $this->addAddress('support@mail.example');
        $this->addAddress($this->customer);
        $this->bcc = [];
    }
}
